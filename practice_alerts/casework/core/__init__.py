"""What every act and every view needs: the alert as it stands, who acts, recording, telling."""

"""Single sign-on of a council by OpenID Connect: the only folder that asks anybody outside, the issuer alone."""

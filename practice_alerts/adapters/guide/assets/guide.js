// The theme opens menu and search with labels, which no keyboard reaches. These buttons do the same;
// without script the labels stay (guide.css).
for (const button of document.querySelectorAll("[data-opens]")) {
  const box = document.getElementById(button.dataset.opens);
  const tell = () => button.setAttribute("aria-expanded", String(box.checked));
  button.addEventListener("click", () => box.click());
  box.addEventListener("change", tell);
  tell();
}

document.addEventListener("keydown", (pressed) => {
  const menu = document.getElementById("__drawer");
  if (pressed.key === "Escape" && menu.checked) {
    menu.click();
    document.querySelector("[data-opens=__drawer]").focus();
  }
});

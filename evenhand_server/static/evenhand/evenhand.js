// Small comforts on pages that work without them: words and chips light up together, a form is sent once, texts are copied, menus close.
"use strict";

(() => {
  // The words in the sentence and the chip that came of them light up together.
  const light = (event) => {
    document.querySelectorAll(".is-lit").forEach((one) => one.classList.remove("is-lit"));
    const from = event.target.closest?.(".mark[data-field], .chip[data-field]");
    if (!from) return;
    document.querySelectorAll(`:is(.mark, .chip)[data-field="${CSS.escape(from.dataset.field)}"]`).forEach((one) => one.classList.add("is-lit"));
  };
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);

  // A second click sends nothing; coming back by the back button makes the form whole again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    });
  });

  // <button class="linklike" data-copy="id of the text" data-copied="Copied" hidden>: hidden in the page, shown where copying works.
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = button.dataset.copied;
    });
  });

  // An open menu closes on Escape and on a click elsewhere.
  const menus = "details:is(.acting, .menu)[open]";
  const closeMenus = (but) => document.querySelectorAll(menus).forEach((menu) => { menu.open = menu === but; });
  document.addEventListener("click", (event) => closeMenus(event.target.closest(menus)));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(menus);
    if (!menu) return;
    closeMenus();
    menu.querySelector("summary").focus();
  });
})();

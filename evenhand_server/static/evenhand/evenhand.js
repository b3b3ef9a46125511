// Small comforts on pages that work without them: words and chips light up together, chips fill while typing, a form is sent once, texts are copied, menus close.
"use strict";

(() => {
  // The words in the sentence and the chip that came of them light up together; where no words are named, all of a field.
  const linked = ":is(.mark, .chip)[data-field]";
  const keys = (one) => (one.dataset.marks || one.dataset.field).split(" ");
  const light = (event) => {
    document.querySelectorAll(".is-lit").forEach((one) => one.classList.remove("is-lit"));
    const from = event.target.closest?.(linked);
    if (!from) return;
    const wanted = keys(from);
    const isNear = (one) => one.closest(".live") === from.closest(".live") && keys(one).some((key) => wanted.includes(key));
    [...document.querySelectorAll(linked)].filter(isNear).forEach((one) => one.classList.add("is-lit"));
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
      [...form.elements].forEach((button) => button.removeAttribute("aria-disabled"));
    });
  });

  // <div data-live="address" hidden> in a form: what the address answers to the words, while somebody types, and with data-live-now at once. Nothing is kept.
  const PAUSE = 400;
  document.querySelectorAll("form [data-live]").forEach((place) => {
    const form = place.closest("form");
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    said.setAttribute("aria-live", "polite");
    place.after(said);
    let pause;
    let asking;
    const show = (html) => {
      place.innerHTML = html;
      place.hidden = !html.trim();
      const summary = place.querySelector("[data-summary]")?.dataset.summary ?? "";
      if (said.textContent !== summary) said.textContent = summary;
    };
    const ask = async () => {
      asking = new AbortController();
      try {
        const answer = await fetch(place.dataset.live, { method: "POST", body: new FormData(form), signal: asking.signal });
        if (answer.ok && !answer.redirected) show(await answer.text());
      } catch {
        // Typed on, or no network just now: the form works all the same.
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(pause);
      asking?.abort();
      pause = setTimeout(ask, PAUSE);
    });
    if ("liveNow" in place.dataset) ask();
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

  // While sellers are being looked for, look again in a moment.
  if (document.querySelector("[data-look-again]")) setTimeout(() => location.reload(), 3000);
})();

/* What makes the pages nicer. Every page works without it. */
"use strict";

const DAY = 24 * 60 * 60 * 1000;
const KEPT = "anas:"; // what this script keeps in localStorage begins with it

/* A second click on a button sends nothing twice. The button comes back when the page does, or when no answer comes. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (opensBeside(event)) return;
  if (form.dataset.sent) return event.preventDefault();
  if (event.defaultPrevented) return;
  form.dataset.sent = "yes";
  setTimeout(() => setButtons(form, true)); // after the browser has read which button was pressed
  setTimeout(() => release(form), 15000);
  busy = setTimeout(tellBusy, 1000);
});

/* What takes longer than a second says that it goes on, until the answer comes. */
let busy;
function tellBusy() {
  const bar = document.getElementById("busy");
  bar.hidden = false;
  bar.querySelector("[role=status]").textContent = bar.dataset.words;
}

/* Whether the answer comes into a window of its own: then this page goes on. */
function opensBeside(event) {
  return Boolean(event.submitter?.formTarget);
}

function setButtons(form, disabled) {
  for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) button.disabled = disabled;
}

function release(form) {
  if (!form.dataset.sent) return;
  clearTimeout(busy);
  document.getElementById("busy").hidden = true;
  delete form.dataset.sent;
  setButtons(form, false);
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

/* A field with data-from-address takes what stands behind the # of the address, which no server ever sees. */
for (const field of document.querySelectorAll("[data-from-address]")) {
  const given = location.hash.slice(1);
  if (given && given.length <= field.maxLength && !field.value) field.value = given;
}

/* Which files were chosen, with their size. */
document.addEventListener("change", ({ target }) => {
  if (target.type !== "file") return;
  let list = target.parentElement.querySelector(".file-names");
  if (!list) {
    list = document.createElement("ul");
    list.className = "file-names";
    list.setAttribute("aria-live", "polite");
    target.after(list);
  }
  const megabytes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  list.replaceChildren(
    ...Array.from(target.files, (file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} (${megabytes.format(file.size / 1024 / 1024)} MB)`;
      return item;
    }),
  );
});

/* A form with data-warn-unsaved asks before what was typed is lost; data-unsaved: it came back with something typed. */
const unsaved = new Set(document.querySelectorAll("form[data-unsaved]"));
document.addEventListener("input", ({ target }) => {
  if (target.form?.hasAttribute("data-warn-unsaved")) unsaved.add(target.form);
});
document.addEventListener("submit", (event) => opensBeside(event) || unsaved.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

/* A form with data-autosave="<address>" saves itself a moment after the last change. data-autosave-key (a name for this
   form and this person) keeps what could not be saved in this browser until it is. data-autosave-version (what the
   server has, in short) tells whether something newer has been saved since: then what was kept is dropped. The server
   answers 200 with {errors: {field: words}, version}, everything else being saved, or 409 with {reasons}. Never to be used on a ballot. */
class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.querySelector(`[data-autosave-status="${form.id}"]`) || form.querySelector("[data-autosave-status]");
    this.key = form.dataset.autosaveKey && KEPT + form.dataset.autosaveKey;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", () => clearTimeout(this.timer));
    window.addEventListener("online", () => this.dirty && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !form.dataset.sent) event.preventDefault();
    });
  }

  changed() {
    this.dirty = true;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 1200);
  }

  values() {
    const values = new FormData(this.form);
    for (const input of this.form.querySelectorAll("input[type=file]")) values.delete(input.name);
    return values;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.form.dataset.sent) return;
    if (this.saving) return void (this.again = true); // one at a time, so that the last one wins
    this.saving = true;
    this.dirty = false;
    this.tell("saving");
    try {
      // A redirect would be the way to the login: that is not saved.
      const answer = await fetch(this.form.dataset.autosave, { method: "POST", body: this.values(), redirect: "manual", keepalive: true });
      if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
      const { errors = {}, reasons, version } = await answer.json().catch(() => ({}));
      if (reasons) return this.refuse(reasons);
      if (version) this.form.dataset.autosaveVersion = version;
      this.mark(errors);
      if (!this.dirty) this.tell("saved", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
      if (this.key && !this.dirty) localStorage.removeItem(this.key);
    } catch {
      this.dirty = true;
      this.tell("failed");
      this.timer = setTimeout(() => this.save(), 20000);
    } finally {
      this.saving = false;
    }
    if (this.again) {
      this.again = false;
      this.save();
    }
  }

  /* What is wrong beside each field, by the field's name (data-error-of); everything else was saved. */
  mark(errors) {
    for (const place of this.form.querySelectorAll("[data-error-of]")) {
      const words = errors[place.dataset.errorOf] || "";
      place.textContent = words;
      for (const field of this.form.querySelectorAll(`[name="${place.dataset.errorOf}"]`)) {
        if (field.type !== "radio") field.classList.toggle("is-invalid", Boolean(words));
        if (words) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
    if (Object.keys(errors).length) {
      this.dirty = true;
      this.tell("invalid");
    }
  }

  refuse(reasons) {
    this.dirty = true;
    this.tell("refused", reasons.join(" "));
  }

  tell(state, more = "") {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = `${this.status.dataset[state] || ""} ${more}`.trim();
  }

  fields() {
    return Array.from(this.form.elements).filter((field) => field.name && !["file", "hidden", "password", "submit", "button"].includes(field.type));
  }

  keep() {
    if (!this.key) return;
    const ticks = (field) => field.type === "checkbox" || field.type === "radio";
    const values = this.fields().map((field) => [field.name, field.value, ticks(field) ? field.checked : null]);
    localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), version: this.form.dataset.autosaveVersion, values }));
  }

  restore() {
    const kept = this.key && localStorage.getItem(this.key);
    if (!kept) return;
    const { version, values } = JSON.parse(kept);
    if (version !== this.form.dataset.autosaveVersion) return localStorage.removeItem(this.key);
    let restored = false;
    for (const [name, value, checked] of values) {
      const field = this.fields().find((each) => each.name === name && (checked === null || each.value === value));
      if (!field || (checked === null ? field.value === value : field.checked === checked)) continue;
      if (checked === null) field.value = value;
      else field.checked = checked;
      restored = true;
    }
    if (!restored) return localStorage.removeItem(this.key);
    this.tell("restored");
    this.dirty = true;
    this.timer = setTimeout(() => this.save(), 1200);
  }
}

/* What was kept is forgotten after a day, and at the logout: office computers are shared. */
function forget(all) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEPT) && (all || Date.now() - JSON.parse(localStorage.getItem(key)).at > DAY)) localStorage.removeItem(key);
  }
}
forget(false);
document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));

/* In a column of scores Enter and the arrows go from field to field, as in a spreadsheet, instead of sending the form. */
document.addEventListener("keydown", (event) => {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".score-field input[type=text]")) return;
  const fields = [...event.target.form.querySelectorAll(".score-field input[type=text], .score-field-choices label:first-child input")];
  const next = fields[fields.indexOf(event.target) + step];
  event.preventDefault();
  next?.focus();
  next?.select();
});

/* A form with data-in-steps does its work in short requests, one after the other, until nothing is left of what was
   chosen, until something is said against it, or until somebody stops it. What was typed stays in this page meanwhile. */
class Steps {
  constructor(form) {
    this.form = form;
    this.view = form.querySelector("[data-steps]");
    this.view.querySelector("button").addEventListener("click", () => (this.stopped = true));
    form.addEventListener("submit", (event) => {
      const data = new FormData(form);
      this.all = data.getAll("documents");
      if (this.all.length < 2 || form.dataset.sent) return;
      event.preventDefault();
      data.append("step", "1");
      this.go(data);
    });
  }

  async go(data) {
    this.form.querySelector(".acts").hidden = true;
    this.view.hidden = false;
    let left = this.all.length;
    this.tell(left);
    try {
      for (;;) {
        const answer = await fetch(this.form.action, { method: "POST", body: data });
        if (!answer.ok) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const before = left;
        left = [...page.querySelectorAll("[data-in-steps] [name=documents]")].filter((box) => this.all.includes(box.value)).length;
        this.tell(left);
        if (!left || left === before || this.stopped || page.querySelector("[data-in-steps] .alert-danger")) return this.show(page, answer.url);
      }
    } catch {
      this.view.querySelector("[role=status]").textContent = this.view.dataset.failed;
      this.view.querySelector("button").hidden = true;
    }
  }

  tell(left) {
    const done = this.all.length - left;
    this.view.querySelector("progress").value = done / this.all.length;
    this.view.querySelector("[role=status]").textContent = this.view.dataset.steps.replace("{done}", done).replace("{all}", this.all.length);
  }

  show(page, address) {
    const content = document.getElementById("content");
    content.replaceWith(document.adoptNode(page.getElementById("content")));
    history.replaceState(null, "", address);
    document.title = page.title;
    document.getElementById("content").focus();
    startSteps();
  }
}

const startSteps = () => document.querySelectorAll("form[data-in-steps]").forEach((form) => new Steps(form));
startSteps();

/* What has data-watch="<address>" takes its place anew from there every two seconds, until it comes without it. While
   the keyboard is in it, only its bar moves. */
async function watch(part) {
  const answer = await fetch(part.dataset.watch).catch(() => null);
  const page = answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page && page.getElementById(part.id);
  if (fresh?.dataset.watch && part.contains(document.activeElement)) {
    part.querySelector("progress").value = fresh.querySelector("progress").value;
  } else if (fresh) {
    part.replaceWith(fresh);
    part = fresh;
  }
  if (part.dataset.watch) setTimeout(watch, 2000, part);
}
document.querySelectorAll("[data-watch]").forEach((part) => setTimeout(watch, 2000, part));

/* Buttons that need this script are written with `hidden`, and shown here. */
document.querySelectorAll("[data-print], [data-copy]").forEach((button) => (button.hidden = false));
document.addEventListener("click", async ({ target }) => {
  if (target.closest("[data-logout]")) forget(true);
  if (target.closest("[data-print]")) window.print();
  const copy = target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.copied || copy.textContent;
  }
  for (const menu of document.querySelectorAll("details.account[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector("details.account[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A form that comes back leads to its first mistake, where the page has no list of them. */
const wrong = [...document.querySelectorAll("main .invalid-feedback")].find((words) => words.textContent.trim());
if (!document.getElementById("problems")) wrong?.scrollIntoView({ block: "center" });

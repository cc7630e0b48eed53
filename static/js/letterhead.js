/* The preview of the papers beside the settings: drawn by the server a moment after each change, one at a time. Without
   this script the button "Preview" does the same. */
"use strict";

class Preview {
  constructor(form) {
    this.form = form;
    this.place = document.querySelector("[data-preview-pages]");
    this.status = document.querySelector("[data-preview-status]");
    this.crest = form.elements.crest_kept;
    this.file = form.elements.crest_file;
    this.file.addEventListener("change", () => (this.crest.value = ""));
    form.addEventListener("input", () => this.soon());
    form.querySelector("[value=preview]").addEventListener("click", (event) => this.show(event));
    this.draw();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), 700);
  }

  show(event) {
    event.preventDefault();
    this.draw();
    document.getElementById("preview").scrollIntoView({ behavior: "smooth" });
  }

  /* A chosen crest is sent once; its clean picture comes back and goes along from then on. */
  values() {
    const values = new FormData(this.form);
    if (this.crest.value) values.delete("crest_file");
    return values;
  }

  async draw() {
    clearTimeout(this.timer);
    if (this.drawing) return void (this.again = true);
    this.drawing = true;
    this.tell(this.status.dataset.drawing);
    try {
      const file = this.file.files[0];
      const answer = await fetch(this.form.dataset.preview, { method: "POST", body: this.values(), redirect: "manual" });
      if (!answer.ok) throw new Error(answer.status);
      this.take(await answer.json(), file);
    } catch {
      this.tell(this.status.dataset.failed);
    } finally {
      this.drawing = false;
    }
    if (this.again) {
      this.again = false;
      this.soon();
    }
  }

  take({ pictures, reasons, crest }, file) {
    this.place.toggleAttribute("data-outdated", Boolean(reasons));
    if (reasons) return this.tell(reasons.join(" "), true);
    if (file === this.file.files[0]) this.crest.value = crest;
    this.place.replaceChildren(
      ...pictures.map((picture, number) => {
        const image = new Image();
        image.src = picture;
        image.alt = `${this.place.dataset.alt} ${number + 1}`;
        return image;
      }),
    );
    this.tell(this.status.dataset.drawn);
  }

  tell(words, isWrong = false) {
    this.status.textContent = words;
    this.status.classList.toggle("overdue", isWrong);
  }
}

document.querySelectorAll("form[data-preview]").forEach((form) => new Preview(form));

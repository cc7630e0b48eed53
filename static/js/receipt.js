/* Saves the receipt as a picture, drawn and kept in this browser: nothing of it goes to a server, and no time, name or
   address stands in it. Written so that a phone of 2017 can run it; without it the receipt is printed or written down. */
"use strict";
(() => {
  const card = document.getElementById("receipt-card");
  const button = document.querySelector("[data-save-receipt]");
  if (!card || !button || !HTMLCanvasElement.prototype.toBlob) return;
  button.hidden = false;
  button.addEventListener("click", () => draw().then(save).catch(() => (button.hidden = true)));

  const WIDTH = 800, HEIGHT = 1180, EDGE = 60;
  const text = (selector) => card.querySelector(selector).textContent.trim();

  function draw() {
    return Promise.all([loaded(card.querySelector(".receipt-round img").src), loaded(card.querySelector(".receipt-qr").src)]).then(([mark, qr]) => {
      const canvas = document.createElement("canvas");
      canvas.width = WIDTH;
      canvas.height = HEIGHT;
      const pen = canvas.getContext("2d");
      const box = (colour, ...place) => { pen.fillStyle = colour; pen.fillRect(...place); };
      box("#17573f", 0, 0, WIDTH, HEIGHT);
      box("#fffdf9", 8, 8, WIDTH - 16, HEIGHT - 16);
      box("#17573f", EDGE, 190, WIDTH - 2 * EDGE, 5);
      box("#17573f", EDGE, 199, WIDTH - 2 * EDGE, 2);
      pen.drawImage(mark, EDGE, EDGE, 100, 100);
      write(pen, text(".receipt-round"), "bold 34px Georgia, serif", "#1f231f", EDGE + 130, 105, WIDTH - 2 * EDGE - 130, 42, 2);
      write(pen, text("h2"), "bold 48px Georgia, serif", "#1f231f", EDGE, 275, WIDTH - 2 * EDGE, 54, 1);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(qr, (WIDTH - 520) / 2, 310, 520, 520);
      pen.textAlign = "center";
      write(pen, text(".receipt-code"), "bold 50px Consolas, 'Roboto Mono', monospace", "#1f231f", WIDTH / 2, 900, WIDTH - 2 * EDGE, 56, 2);
      write(pen, card.dataset.words, "27px system-ui, Roboto, sans-serif", "#585b50", WIDTH / 2, 980, WIDTH - 2 * EDGE, 40, 4);
      return canvas;
    });
  }

  function loaded(address) {
    return new Promise((done, failed) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = failed;
      image.src = address;
    });
  }

  /* In lines as wide as there is room; a word that is too long alone is made narrower by the browser. */
  function write(pen, words, font, colour, x, y, width, height, most) {
    pen.font = font;
    pen.fillStyle = colour;
    const lines = [""];
    for (const word of words.split(/\s+/)) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (pen.measureText(longer).width <= width || longer === word) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    lines.slice(0, most).forEach((line, number) => pen.fillText(line, x, y + number * height, width));
  }

  function save(canvas) {
    canvas.toBlob((picture) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(picture);
      link.download = card.dataset.file;
      document.body.appendChild(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
  }
})();

/* The form of a scheme: what the weights add up to, while they are typed. Without this the server says it. */
"use strict";

const total = document.querySelector("[data-weights]");
const weights = [...document.querySelectorAll("[data-weight]")];

function add() {
  const hundredths = weights.map(({ value }) => Math.round(Number(value.trim().replace(",", ".")) * 100) || 0);
  const sum = hundredths.reduce((all, one) => all + one, 0) / 100;
  total.textContent = total.dataset.weights.replace("{total}", sum.toLocaleString(document.documentElement.lang));
  total.classList.toggle("is-right", sum === 100);
}

for (const field of weights) field.addEventListener("input", add);
if (total) add();

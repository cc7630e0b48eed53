// What can be seen to be wrong with the page that is open, as sentences. Tests evaluate this file; it is a function.
() => {
  const CONTROLS = 'a[href], button, input:not([type="hidden"]), select, textarea, summary';
  const SMALLEST = 24; // px, WCAG 2.2, 2.5.8; here for every control and not only where they stand close
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 110)}`);

  const isHidden = (element) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return style.visibility === 'hidden' || box.width <= 1 || box.height <= 1 || box.right <= 0 || box.bottom + scrollY <= 0;
  };
  const isForReadersAlone = (element) => !!element.closest('.visually-hidden') || isHidden(element);
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    return false;
  };

  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`it is ${document.documentElement.scrollWidth} wide at ${width}`);

  for (const element of document.body.querySelectorAll('*')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!hasText || element.closest('svg, noscript, option') || !element.checkVisibility() || isForReadersAlone(element)) continue;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const cutAside = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(style.overflowX);
    const cutBelow = style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
    if (element.clientWidth && (cutAside || cutBelow)) say('a text is cut', element);
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) say('a text sticks out', element);
  }

  // A link in a sentence is as high as its line; a box to tick is as large as its label.
  const isInASentence = (element) => {
    const line = element.closest('p, li, dd, td, th, label, span, div');
    return getComputedStyle(element).display === 'inline' && line && line.textContent.trim() !== element.textContent.trim();
  };
  const target = (element) => {
    const boxes = [element, ...(element.labels || [])].map((one) => one.getBoundingClientRect());
    return [
      Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    ];
  };
  const controls = [...document.querySelectorAll(CONTROLS)].filter(
    (element) => element.checkVisibility() && !element.disabled && !isForReadersAlone(element)
  );
  for (const element of controls)
    if (!isInASentence(element) && Math.min(...target(element)) < SMALLEST - .5) say(`too small (${target(element).map(Math.round).join(' × ')})`, element);

  const before = document.activeElement;
  for (const element of controls) {
    element.focus({ preventScroll: true, focusVisible: true });
    const style = getComputedStyle(element);
    if (document.activeElement !== element) say('cannot be reached', element);
    else if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) say('the focus cannot be seen', element);
    if (element.tabIndex > 0) say('jumps ahead of its turn', element);
  }
  if (before) before.focus({ preventScroll: true });

  // Down the page, or on to the next column: never back up to the left.
  const floats = (element) => element && (getComputedStyle(element).position === 'sticky' || floats(element.parentElement));
  const inside = controls.filter((element) => element.closest('main') && !floats(element));
  for (const [place, element] of inside.slice(1).entries()) {
    const last = inside[place].getBoundingClientRect(), next = element.getBoundingClientRect();
    if (next.bottom <= last.top && next.left < last.right && next.right <= last.right) say('comes after what stands below it', element);
  }

  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((heading) => heading.checkVisibility()).map((heading) => +heading.tagName[1]);
  if (levels.filter((level) => level === 1).length !== 1) found.push(`${levels.filter((level) => level === 1).length} headings of the first level`);
  for (const [place, level] of levels.slice(1).entries()) if (level > levels[place] + 1) found.push(`after a heading ${levels[place]} comes a heading ${level}`);

  return found;
}

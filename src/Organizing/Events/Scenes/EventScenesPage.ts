// A scene is drawn to its place by its grip: with a mouse, a pen or a finger. Letting go presses a button that moves it, like
// the ones for the keyboard, so what was typed moves along and DeskPage.ts puts the answer in. Everything listens on the
// document: each answer brings a new list.

const sceneOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLLIElement>('.scenes > li') : null;
const scenesBeside = (scene: HTMLElement) => [...scene.parentElement!.children] as HTMLElement[];

function showGrips(): void {
  for (const grip of document.querySelectorAll<HTMLElement>('.scenes .grip'))
    grip.hidden = false;
}

document.addEventListener('pointerdown', event => {
  const scene = event.target instanceof Element && event.target.matches('.grip') ? sceneOf(event.target) : null;
  if (!scene || event.button !== 0)
    return;
  event.preventDefault();
  drag(scene, event.target as HTMLElement, event.pointerId, event.pageY);
});

function drag(scene: HTMLLIElement, grip: HTMLElement, pointer: number, startY: number): void {
  const scenes = scenesBeside(scene);
  const from = scenes.indexOf(scene);
  let to = from;
  const ended = new AbortController();
  const until = { signal: ended.signal };
  grip.setPointerCapture(pointer);
  scene.classList.add('dragged');

  grip.addEventListener('pointermove', event => {
    scene.style.transform = `translateY(${event.pageY - startY}px)`;
    to = placeAt(scenes, from, event.clientY);
    scenes.forEach((other, place) => {
      other.classList.toggle('drop-before', place === to && to < from);
      other.classList.toggle('drop-after', place === to && to > from);
    });
  }, until);
  grip.addEventListener('pointerup', () => finish(to), until);
  grip.addEventListener('pointercancel', () => finish(from), until);
  document.addEventListener('keydown', event => { if (event.key === 'Escape') finish(from); }, until);

  function finish(place: number): void {
    ended.abort();
    scene.style.transform = '';
    scenes.forEach(other => other.classList.remove('dragged', 'drop-before', 'drop-after'));
    if (place !== from)
      move(scene, from, place);
  }
}

/** The place that a scene drawn to this height takes: above or below the middle of another. */
function placeAt(scenes: HTMLElement[], from: number, y: number): number {
  const middles = scenes.map(scene => scene.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2);
  return middles.filter((middle, place) => place !== from && middle < y).length;
}

function move(scene: HTMLElement, from: number, to: number): void {
  const pattern = scene.querySelector<HTMLButtonElement>('button[formaction*="handler=Move"]')!;
  const address = new URL(pattern.formAction);
  address.searchParams.set('from', String(from));
  address.searchParams.set('to', String(to));
  address.hash = `scene-${to}`;
  const button = document.createElement('button');
  button.setAttribute('formaction', address.href);
  button.hidden = true;
  scene.append(button);
  button.click();
}

// The form keeps which scenes are unfolded, so that they still are after a button; toggle does not bubble. A scene holds parts that
// are unfolded by themselves.
document.addEventListener('toggle', event => {
  const scene = sceneOf(event.target);
  const kept = scene?.querySelector<HTMLInputElement>('input[name$=".IsUnfolded"]');
  if (kept && (event.target as HTMLElement).parentElement === scene)
    kept.value = String((event.target as HTMLDetailsElement).open);
}, true);

// The line says the title as it is typed.
document.addEventListener('input', event => {
  const title = event.target instanceof HTMLInputElement && /^Scenes\[\d+\]\.Title$/.test(event.target.name) ? event.target : null;
  const line = sceneOf(title)?.querySelector('summary strong');
  if (title && line)
    line.textContent = title.value;
});

showGrips();
new MutationObserver(showGrips).observe(document.body, { childList: true });

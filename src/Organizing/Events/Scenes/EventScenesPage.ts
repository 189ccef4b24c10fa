// Drag and drop of a scene by its grip. Dropping clicks a button that moves it, like those for the keyboard, so that unsaved input is sent
// too and DeskPage.ts replaces the content. The listeners are on the document, since each answer replaces the list.

const sceneOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLLIElement>('.scenes > li') : null;
const siblingsOf = (scene: HTMLElement) => [...scene.parentElement!.children] as HTMLElement[];

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

function drag(scene: HTMLLIElement, grip: HTMLElement, pointerId: number, startY: number): void {
  const scenes = siblingsOf(scene);
  const from = scenes.indexOf(scene);
  let to = from;
  const controller = new AbortController();
  const options = { signal: controller.signal };
  grip.setPointerCapture(pointerId);
  scene.classList.add('dragged');

  grip.addEventListener('pointermove', event => {
    scene.style.transform = `translateY(${event.pageY - startY}px)`;
    to = indexAt(scenes, from, event.clientY);
    scenes.forEach((other, index) => {
      other.classList.toggle('drop-before', index === to && to < from);
      other.classList.toggle('drop-after', index === to && to > from);
    });
  }, options);
  grip.addEventListener('pointerup', () => finish(to), options);
  grip.addEventListener('pointercancel', () => finish(from), options);
  document.addEventListener('keydown', event => { if (event.key === 'Escape') finish(from); }, options);

  function finish(index: number): void {
    controller.abort();
    scene.style.transform = '';
    scenes.forEach(other => other.classList.remove('dragged', 'drop-before', 'drop-after'));
    if (index !== from)
      move(scene, from, index);
  }
}

/** The index of a scene that is dropped at this height, by the middles of the others. */
function indexAt(scenes: HTMLElement[], from: number, y: number): number {
  const middles = scenes.map(scene => scene.getBoundingClientRect()).map(box => (box.top + box.bottom) / 2);
  return middles.filter((middle, index) => index !== from && middle < y).length;
}

function move(scene: HTMLElement, from: number, to: number): void {
  const moveButton = scene.querySelector<HTMLButtonElement>('button[formaction*="handler=Move"]')!;
  const address = new URL(moveButton.formAction);
  address.searchParams.set('from', String(from));
  address.searchParams.set('to', String(to));
  address.hash = `scene-${to}`;
  const button = document.createElement('button');
  button.setAttribute('formaction', address.href);
  button.hidden = true;
  scene.append(button);
  button.click();
}

// A hidden field holds whether a scene is open, so that it still is after a button; toggle does not bubble. A scene contains other
// `details`.
document.addEventListener('toggle', event => {
  const scene = sceneOf(event.target);
  const hiddenField = scene?.querySelector<HTMLInputElement>('input[name$=".IsUnfolded"]');
  if (hiddenField && (event.target as HTMLElement).parentElement === scene)
    hiddenField.value = String((event.target as HTMLDetailsElement).open);
}, true);

// The summary shows the title as it is typed.
document.addEventListener('input', event => {
  const title = event.target instanceof HTMLInputElement && /^Scenes\[\d+\]\.Title$/.test(event.target.name) ? event.target : null;
  const summary = sceneOf(title)?.querySelector('summary strong');
  if (title && summary)
    summary.textContent = title.value;
});

showGrips();
new MutationObserver(showGrips).observe(document.body, { childList: true });

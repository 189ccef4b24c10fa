// The button that prints the page works by script only, so it is hidden until then.
const button = document.querySelector<HTMLButtonElement>('[data-print]');
button?.addEventListener('click', () => print());
button?.removeAttribute('hidden');

export {};

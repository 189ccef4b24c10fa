// The button that prints the list works by script only.
const printer = document.querySelector<HTMLButtonElement>('[data-print]');
printer?.addEventListener('click', () => window.print());
printer?.removeAttribute('hidden');

// The list made for paper has a button that prints it.
const printer = document.querySelector<HTMLButtonElement>('[data-print]');
printer?.addEventListener('click', () => window.print());
printer?.removeAttribute('hidden');

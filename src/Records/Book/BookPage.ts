const printer = document.querySelector<HTMLButtonElement>('[data-print]')!;
printer.addEventListener('click', () => print());
printer.hidden = false;

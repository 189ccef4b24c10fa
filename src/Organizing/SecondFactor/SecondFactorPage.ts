// Passkeys are made here; and recovery codes, which are shown once, can be copied and printed.
import { create, offer } from '../SignIn/passkeys';

offer(create);

const print = document.querySelector<HTMLButtonElement>('[data-print]');
print?.addEventListener('click', () => window.print());
print?.removeAttribute('hidden');

const copy = document.querySelector<HTMLButtonElement>('[data-copy]');
// Not on plain HTTP.
if (copy && 'clipboard' in navigator) {
  const codes = [...document.querySelectorAll('[data-codes] li')].map(code => code.textContent).join('\n');
  copy.hidden = false;
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(codes).then(() => { copy.textContent = copy.dataset.copied!; });
  });
}

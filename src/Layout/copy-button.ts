// Buttons that copy what the element holds whose id stands in data-copy: of a link its address, of a field its value. Without a script it
// is selected by hand.

const shownFor = 4000; // ms, until the button says again what it does

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const status = document.createElement('span'); // a button whose words change is not read out
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  button.after(status);
  button.hidden = false;
  button.addEventListener('click', async () => {
    if (await copy(button, textOf(document.getElementById(button.dataset.copy!)!)))
      showCopied(button, status);
  });
}

function textOf(source: HTMLElement): string {
  return source instanceof HTMLAnchorElement ? source.href : source instanceof HTMLTextAreaElement ? source.value : source.innerText;
}

async function copy(button: HTMLButtonElement, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(button, text); // over plain HTTP there is no clipboard
  }
}

/** The browser copies what is selected; where it does not, the field stays, selected, to be copied by hand. */
function copySelected(button: HTMLButtonElement, text: string): boolean {
  const field = document.createElement('textarea');
  [field.value, field.readOnly] = [text, true];
  field.setAttribute('aria-label', button.textContent!);
  button.parentElement!.querySelector('textarea.copied')?.remove();
  field.className = 'copied';
  button.after(field);
  field.select();
  if (!document.execCommand('copy'))
    return false;
  field.remove();
  button.focus();
  return true;
}

function showCopied(button: HTMLButtonElement, status: HTMLElement): void {
  const words = button.textContent;
  if (status.textContent)
    return; // still said
  button.textContent = status.textContent = button.dataset.copied!;
  setTimeout(() => [button.textContent, status.textContent] = [words, ''], shownFor);
}

export {};

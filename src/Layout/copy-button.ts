// Buttons that copy what the element holds whose id stands in data-copy. Without a script it is selected by hand.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const source = document.getElementById(button.dataset.copy!)!;
  button.hidden = false;
  button.addEventListener('click', () => void copy(button, source));
}

async function copy(button: HTMLButtonElement, source: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(source instanceof HTMLTextAreaElement ? source.value : source.innerText);
  } catch {
    // Over plain HTTP there is no clipboard: the browser copies what is marked.
    if (source instanceof HTMLTextAreaElement)
      source.select();
    else
      getSelection()?.selectAllChildren(source);
    if (!document.execCommand('copy'))
      return;
  }
  button.textContent = button.dataset.copied!;
}

export {};

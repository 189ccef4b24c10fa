// Pasted text brings characters along that nobody sees: zero-width ones, marks of direction, byte order marks, tabs. On the screen
// the name is right, so they are taken out and not refused. U+180E stays: in Mongolian it is the form of a letter.

export function stripInvisible(text: string): string {
  return text.replace(/\t/g, ' ').replace(/(?!\u180e)[\p{Cc}\p{Cf}]/gu, '');
}

export function stripInvisibleOnInput(form: HTMLFormElement): void {
  form.addEventListener('input', event => {
    const field = event.target as HTMLInputElement;
    if (!field.matches('input[type=text]') || (event as InputEvent).isComposing)
      return;
    const stripped = stripInvisible(field.value);
    if (stripped !== field.value)
      field.value = stripped;
  }, true);
}

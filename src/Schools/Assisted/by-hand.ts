/**
 * For a guardian who can write and not type: the child's name, the relation and the handwriting are enough. Fields of the way that is not
 * chosen are hidden and disabled, so that they are not sent, and keep their values.
 */
export function initHandwrittenName(form: HTMLFormElement): void {
  const checkbox = form.elements.namedItem('Form.HandwrittenName') as HTMLInputElement;
  const relation = form.elements.namedItem('Form.Relation') as HTMLSelectElement;
  const ink = form.elements.namedItem('Form.Handwriting') as HTMLInputElement;
  const update = () => {
    const isGuardian = new FormData(form).get('Form.Role') === 'Guardian';
    setVisible('by-hand', isGuardian);
    const byHand = isGuardian && checkbox.checked;
    setVisible('name', !byHand);
    setVisible('mark', !byHand);
    setVisible('child', byHand);
    setVisible('handwriting', byHand);
  };
  update();
  form.addEventListener('change', event => {
    if (event.target === relation && ink.value) { // another relation is another person, who writes anew
      ink.value = '';
      ink.dispatchEvent(new Event('change', { bubbles: true }));
    }
    update();
  });
}

function setVisible(id: string, isVisible: boolean): void {
  const part = document.getElementById(id)!;
  part.hidden = !isVisible;
  part.querySelectorAll('input').forEach(field => field.disabled = !isVisible);
}

import { tidied } from './tidy';
import { problemOf } from './typed-name';

/** A name that the server would refuse for certain is told to the field before anything is pressed; signer.ts says it there. */
export function checkNames(form: HTMLFormElement): void {
  const { nameNumber = '', nameSign = '' } = form.dataset;
  form.addEventListener('click', () => {
    for (const name of form.querySelectorAll<HTMLInputElement>('[data-role] input[type=text]')) {
      const problem = problemOf(tidied(name.value));
      name.setCustomValidity(problem === 'number' ? nameNumber : problem === 'sign' ? nameSign : '');
    }
  }, true);
}

import { stripInvisible } from './strip-invisible';
import { problemOf } from './typed-name';

/** Sets a custom validity on names that the server would refuse for certain; signer.ts shows it. */
export function validateNames(form: HTMLFormElement): void {
  const { nameNumber = '', nameSign = '' } = form.dataset;
  form.addEventListener('click', () => {
    for (const name of form.querySelectorAll<HTMLInputElement>('[data-role] input[type=text]')) {
      const problem = problemOf(stripInvisible(name.value));
      name.setCustomValidity(problem === 'number' ? nameNumber : problem === 'sign' ? nameSign : '');
    }
  }, true);
}

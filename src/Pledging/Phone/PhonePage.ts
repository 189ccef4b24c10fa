// The phone page with a script: one step at a time, handwriting, and a request that is sent until it arrives. Without
// it the form is posted as it is.
import { PledgeForm } from './form';
import { later, ready } from './later';
import { Outbox } from './outbox';
import { followSteps } from './steps';

const outbox = new Outbox(() => localStorage);

// Where signing is not open there is no form, but what waits is sent from there too.
const element = document.querySelector<HTMLFormElement>('.sign-form');
const form = element && new PledgeForm(element, outbox);
if (form)
  followSteps();

ready.push(({ begin }) => begin(form, outbox));
let again = 0;
function wake(): void {
  later().then(({ resume }) => resume(outbox, form?.inHand), () => {
    clearTimeout(again);
    again = window.setTimeout(wake, 5000);
  });
}
addEventListener('load', wake);
addEventListener('online', wake);

// WeChat suspends pages and resumes them; on resuming, the state is read again.
function back(): void {
  wake();
  if (element)
    later().then(({ isOver }) => isOver(element), () => {});
}
addEventListener('pageshow', event => event.persisted && back());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back());

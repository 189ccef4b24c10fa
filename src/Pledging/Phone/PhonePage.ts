// The phone page with a script: one step at a time, handwriting, and a request that is sent until it arrives. Without
// it the form is posted as it is.
import { PledgeForm } from './form';
import { loadLater, loadListeners } from './later';
import { Outbox } from './outbox';
import { initSteps } from './steps';

const retryDelay = 5000; // ms

const outbox = new Outbox(() => localStorage);

// Where signing is not open there is no form; requests in the outbox are sent from there too.
const element = document.querySelector<HTMLFormElement>('.sign-form');
const form = element && new PledgeForm(element, outbox);
if (form)
  initSteps();

loadListeners.push(({ begin }) => begin(form, outbox));
let retryTimer = 0;
function resumeSending(): void {
  loadLater().then(({ resume }) => resume(outbox, form?.inHand), () => {
    clearTimeout(retryTimer);
    retryTimer = window.setTimeout(resumeSending, retryDelay);
  });
}
addEventListener('load', resumeSending);
addEventListener('online', resumeSending);

// WeChat suspends pages and resumes them; on resuming, the state is read again.
function handleReturn(): void {
  resumeSending();
  if (element)
    loadLater().then(({ isOver }) => isOver(element), () => {});
}
addEventListener('pageshow', event => event.persisted && handleReturn());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && handleReturn());

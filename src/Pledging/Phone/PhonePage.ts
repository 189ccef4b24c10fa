// The phone page with a script: one step at a time, handwriting, and a request that is sent until it arrives. Without
// it the form is posted as it is.
import { PledgeForm } from './form';
import { later } from './later';
import { Opening } from './opening';
import { Outbox } from './outbox';
import { followSteps } from './steps';

const outbox = new Outbox(() => localStorage);

// Where signing is not open there is no form, but what waits is sent from there too.
const element = document.querySelector<HTMLFormElement>('.sign-form');
const form = element && new PledgeForm(element, outbox, new Opening(element.dataset.code!));
if (form) {
  followSteps();
  const mine = outbox.all().find(it => it.code === element.dataset.code && form.offers(it.party));
  if (mine && !form.hasDraft)
    form.takeUp(mine);
}

let begun = false;
function wake(): void {
  later().then(({ begin, resume }) => {
    if (begun)
      return resume(outbox, form?.inHand);
    begun = true;
    begin(form, outbox);
  }, () => {});
}
addEventListener('load', wake);
addEventListener('online', wake);

// WeChat suspends pages and resumes them; on resuming, the state is read again.
function back(): void {
  wake();
  form?.isClosed();
}
addEventListener('pageshow', event => event.persisted && back());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back());

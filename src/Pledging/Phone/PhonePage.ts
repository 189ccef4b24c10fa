// The phone page with a script: one step at a time, handwriting, and a request that is sent until it arrives. Without
// it the form is posted as it is.
import { Courier } from './courier';
import { PledgeForm } from './form';
import { later } from './later';
import type { OnTheWay } from './on-the-way';
import { Opening } from './opening';
import { Outbox } from './outbox';
import { followSteps } from './steps';

const outbox = new Outbox(() => localStorage);
// Few phones have anything on its way; what says so comes later. Where it does not come, the next to be said tries again.
let lines: OnTheWay | undefined;
const say = (what: (to: OnTheWay) => void): unknown => later().then(
  ({ OnTheWayLines }) => what(lines ??= new OnTheWayLines(document.querySelector('.on-the-way')!, outbox)), () => {});
const onTheWay: OnTheWay = { waits: it => say(to => to.waits(it)), ended: (it, answer) => say(to => to.ended(it, answer)) };
const courier = new Courier(outbox, onTheWay);

// Where signing is not open there is no form, but what waits is sent from there too.
const element = document.querySelector<HTMLFormElement>('.sign-form');
const form = element && new PledgeForm(element, outbox, courier, onTheWay, new Opening(element.dataset.code!));
if (form) {
  followSteps();
  const mine = outbox.all().find(it => it.code === element.dataset.code && form.offers(it.party));
  if (mine)
    form.takeUp(mine);
  addEventListener('load', () => later().then(({ offerReading }) => offerReading(document.getElementById('texts')!), () => {}));
}
courier.resume();

const early = document.querySelector<HTMLElement>('[data-opens]');
if (early)
  later().then(({ awaitOpening }) => awaitOpening(early.dataset.opens!), () => {});

// WeChat suspends pages and resumes them; on resuming, the state is read again.
function back(): void {
  courier.resume();
  form?.isClosed();
}
addEventListener('online', () => courier.resume());
addEventListener('pageshow', event => event.persisted && back());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back());

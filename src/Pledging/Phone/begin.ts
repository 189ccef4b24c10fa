// What the page does once the rest of its script is there.
import { leaveClosedPad } from './back';
import { receiveAnother } from './another';
import { offerHandwritingAlone } from './by-hand';
import { Courier } from './courier';
import type { Final } from './delivery';
import { hasDraft, keepDraft, keyOfDraft, type Drafted } from './draft';
import { hideKey, returnToForm } from './ended';
import { goOnByEnter } from './enter';
import { foldTexts } from './fold';
import { allHandedIn } from './handed-in';
import { followStepsThroughLanguages, keepPlaceInLanguages } from './language';
import { showMine } from './mine';
import { checkNames } from './names';
import { OnTheWay } from './on-the-way';
import type { HandedIn, Outbox } from './outbox';
import { offerReading } from './reading';
import { passOverEmptyScreens } from './past';
import { askForInkAnew } from './renamed';
import { openRulesHere } from './rules';
import { offerSchools } from './schools';
import { showAgain, thanked } from './thanks';
import { tidyNames } from './tidy';
import { awaitOpening } from './waiting';
import { nameButtons } from './ways';

// The outbox is the page's: what both scripts import would be a third file, and a trip more before the page stands.
let sender: { courier: Courier; onTheWay: OnTheWay } | null = null;

function senderOf(outbox: Outbox): { courier: Courier; onTheWay: OnTheWay } {
  if (!sender) {
    const onTheWay = new OnTheWay(document.querySelector('.on-the-way')!, outbox);
    sender = { courier: new Courier(outbox, onTheWay), onTheWay };
  }
  return sender;
}

interface Form extends Drafted {
  readonly inHand: HandedIn | null;
  /** The address's # when the page was opened. */
  readonly opened: string;
  /** Whether these people can (still) sign here. */
  offers(party: string): boolean;
  /** A request that was under way when the page was closed or opened anew: it stands here as it was handed in. */
  takeUp(it: HandedIn): void;
}

/** The form is null where signing is not open; what waits on the phone is sent from there too. */
export function begin(form: Form | null, outbox: Outbox): void {
  leaveClosedPad();
  keepPlaceInLanguages();
  if (form)
    offerSchools(() => form.showParty());
  if (form) {
    tidyNames(form.form);
    offerHandwritingAlone(form.form);
    hideKey();
    askForInkAnew(); // before anything is put back, whose names it notes
    takeUpWaiting(form);
    keepDraft(form);
    goOnByEnter(form.form);
    nameButtons(form.form);
    checkNames(form.form);
    foldTexts(form.form);
    receiveAnother(form.form);
    offerReading(document.getElementById('texts')!);
    openRulesHere();
    showAgain();
    addEventListener('popstate', showAgain);
    passOverEmptyScreens(form.opened, () => !!form.inHand || hasDraft(form), () => {
      const it = thanked();
      if (it)
        senderOf(outbox).onTheWay.thanked(it);
    });
    followStepsThroughLanguages(); // after what looks at the step that is left
  }
  showMine(form?.form); // after the draft, whose class comes first
  const early = document.querySelector<HTMLElement>('[data-opens]');
  if (early)
    awaitOpening(early.dataset.opens!);
  const late = document.querySelector<HTMLElement>('[data-late]');
  if (late)
    returnToForm(keyOfDraft(late.dataset.late!, late.dataset.slip!));
  resume(outbox, form?.inHand);
}

/**
 * What was handed in before the page was opened, of the same slip: another is another child's. Where somebody has begun to write it is
 * sent aside.
 */
function takeUpWaiting(form: Form): void {
  const { code, slip = '' } = form.form.dataset;
  const opened = Date.now() - performance.now();
  const mine = allHandedIn().find(it =>
    it.code === code && (it.request.slip ?? '') === slip && (it.at ?? 0) < opened && form.offers(it.party));
  if (mine && !form.inHand && !hasDraft(form))
    form.takeUp(mine);
}

/** Sends what waits and is not being sent, but for what the form does. */
export function resume(outbox: Outbox, inHand?: HandedIn | null): void {
  senderOf(outbox).courier.resume(inHand);
}

/** Sends a request that somebody waits for; answers what became of it. */
export function carry(outbox: Outbox, it: HandedIn, waits: () => void): Promise<Final> {
  return senderOf(outbox).courier.carry(it, waits);
}

/** Says above the page that a request waits, or with `answer` what became of it. */
export function tell(outbox: Outbox, it: HandedIn, answer?: Final): void {
  const { onTheWay } = senderOf(outbox);
  if (answer)
    onTheWay.ended(it, answer);
  else
    onTheWay.waits(it);
}

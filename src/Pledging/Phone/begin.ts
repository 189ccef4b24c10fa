// What the page does once its second script (PhoneLater.ts) is loaded.
import { removeStaleHistoryEntry } from './back';
import { focusFirstStepOnReturn } from './first-step';
import { initHandwrittenName } from './by-hand';
import { OutboxSender } from './outbox-sender';
import type { Final } from './delivery';
import { hasDraft, keyOfDraft, saveDraftOnChange, type DraftForm } from './draft';
import { reloadWithKey, removeKeyFromAddress } from './ended';
import { handleEnterKey } from './enter-key';
import { addFoldedTexts } from './folded-texts';
import { allSubmissions } from './submissions';
import { keepStepOnLanguageChange, syncStepsAcrossLanguages } from './language';
import { showSavedReceipts } from './saved-receipts';
import { validateNames } from './names';
import { SubmissionList } from './submission-list';
import { isOwn, setOwn } from './own-submissions';
import type { Outbox, Submission } from './outbox';
import { offerReading } from './reading';
import { skipEmptyScreens } from './empty-screens';
import { clearSignatureOnRename } from './renamed';
import { initInlineRules } from './rules';
import { initSchoolPickers } from './schools';
import { initSigningAlone } from './sign-alone';
import { lastThanks, listThanksFromHistory, replaceThanksForNext, showThanksFromHistory } from './thanks';
import { stripInvisibleOnInput } from './strip-invisible';
import { awaitOpening } from './waiting';
import { labelSignatureButtons } from './signature-buttons';

// The outbox comes from the first script: a module that both import would become a third file, and one more round trip before the page can
// be used.
let sender: { outboxSender: OutboxSender; list: SubmissionList } | null = null;

function getSender(outbox: Outbox): { outboxSender: OutboxSender; list: SubmissionList } {
  if (!sender) {
    const list = new SubmissionList(document.querySelector('.on-the-way')!, outbox);
    sender = { outboxSender: new OutboxSender(outbox, list), list };
  }
  return sender;
}

/** The first script's form. Its names are fixed: a page that was opened before a new release passes its form to the new script. */
interface Form extends DraftForm {
  readonly inHand: Submission | null;
  /** The address's fragment when the page was opened. */
  readonly opened: string;
  /** Whether these people can (still) sign here. */
  offers(party: string): boolean;
  /** Restores a request that was being sent when the page was closed or reloaded, and goes on sending it. */
  takeUp(it: Submission): void;
}

/** The form is null where signing is not open; what waits on the phone is sent from there too. */
export function begin(form: Form | null, outbox: Outbox): void {
  removeStaleHistoryEntry();
  keepStepOnLanguageChange();
  if (form) {
    initSchoolPickers(() => form.showParty());
    stripInvisibleOnInput(form.form);
    initHandwrittenName(form.form);
    clearSignatureOnRename(form); // before a draft is restored, whose names it notes
    resumeSubmission(form, getSender(outbox).list);
    saveDraftOnChange(form);
    handleEnterKey(form.form);
    labelSignatureButtons(form.form);
    validateNames(form.form);
    addFoldedTexts(form.form);
    focusFirstStepOnReturn(form.form);
    offerReading(document.getElementById('texts')!);
    initInlineRules();
    initSigningAlone(form.form);
    showThanksFromHistory();
    addEventListener('popstate', showThanksFromHistory);
    document.addEventListener('click', event => {
      if ((event.target as Element).matches('[href="#sign"]'))
        getSender(outbox).list.unclaim(); // it may be somebody else who signs now
    });
    replaceThanksForNext(receipt => getSender(outbox).list.removeReceipt(receipt));
    skipEmptyScreens(form.opened, () => !!form.inHand || hasDraft(form), () => {
      const it = lastThanks();
      if (it)
        getSender(outbox).list.showThanked(it);
    });
    syncStepsAcrossLanguages(); // after the popstate listeners that look at the step that is left
  } else {
    listThanksFromHistory();
  }
  showSavedReceipts(form?.form); // after the draft, whose class takes precedence
  const notYetOpen = document.querySelector<HTMLElement>('[data-opens]');
  if (notYetOpen)
    awaitOpening(notYetOpen.dataset.opens!);
  const closed = document.querySelector<HTMLElement>('[data-late]');
  if (closed)
    reloadWithKey(keyOfDraft(closed.dataset.late!, closed.dataset.slip!));
  removeKeyFromAddress(); // where the server did not take it; only now, or the page would be reloaded with it without end
  resume(outbox, form?.inHand);
}

/**
 * Restores into the form what was submitted before the page was opened, with the same slip: another slip is another child's. What was not
 * submitted in this tab may be another family's: the page asks first, and sends it in the background meanwhile. Where the form has a draft,
 * too, the request is sent in the background.
 */
function resumeSubmission(form: Form, list: SubmissionList): void {
  const { code, slip = '' } = form.form.dataset;
  const openedAt = Date.now() - performance.now();
  const submission = allSubmissions().find(it =>
    it.code === code && (it.request.slip ?? '') === slip && (it.at ?? 0) < openedAt && form.offers(it.party));
  if (!submission || form.inHand || hasDraft(form))
    return;
  const { key } = submission.request;
  if (isOwn(key))
    return form.takeUp(submission);
  list.ask(submission, () => {
    setOwn(key, true);
    if (form.inHand || hasDraft(form))
      return list.showWaiting(submission);
    list.leaveToForm(key);
    form.takeUp(submission);
  });
  if (location.hash.startsWith('#sign'))
    location.replace('#know'); // where it is asked
}

/** Sends the requests in the outbox that are not being sent already; the form sends `inHand` itself. */
export function resume(outbox: Outbox, inHand?: Submission | null): void {
  getSender(outbox).outboxSender.resume(inHand);
}

/** Sends a request for which the reader waits; resolves to its final answer. */
export async function carry(outbox: Outbox, it: Submission, onDelay: () => void): Promise<Final> {
  const { key } = it.request;
  const { outboxSender, list } = getSender(outbox);
  list.unclaim();
  setOwn(key, true);
  const answer = await outboxSender.deliver(it, onDelay);
  if (answer.kind !== 'ended')
    setOwn(key, false);
  return answer;
}

/** Shows above the page that a request waits or, with `answer`, its result. */
export function tell(outbox: Outbox, it: Submission, answer?: Final): void {
  const { list } = getSender(outbox);
  list.takeBack(it.request.key);
  if (!answer)
    setOwn(it.request.key, false); // left for somebody else to sign
  if (answer)
    list.showAnswer(it, answer);
  else
    list.showWaiting(it);
}

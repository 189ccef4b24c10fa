import { removeArrived } from '../Phone/arrived';
import { removeSavedReceipt } from '../Phone/receipt-list';
import { loadCertificate } from '../certificate';
import '../../Layout/copy-button';
import { keepRefusedCorrection } from './refused-correction';

const receipt = location.pathname.split('/')[2]!;
removeArrived(receipt);
// Withdrawn, or erased with a rehearsal: this phone's list would lead to it forever.
if (document.querySelector('[data-receipt-gone]'))
  removeSavedReceipt(receipt);

const corrections = document.querySelector<HTMLFormElement>('form.corrections');
if (corrections)
  keepRefusedCorrection(corrections, receipt);

document.querySelectorAll<HTMLElement>('.certificate').forEach(loadCertificate);

// What a form was refused is shown under the form's own address: Back to it, or a reload, does not send it again.
if (document.querySelector('.form-errors'))
  history.replaceState(history.state, '', location.href);

// Passkeys are made here; and recovery codes, which are shown once, can be copied and printed.
import '../../Layout/copy-button';
import '../../Layout/print-button';
import { createPasskey, initPasskeyForm } from '../SignIn/passkeys';

initPasskeyForm(createPasskey);

import { getPasskey, initPasskeyForm } from './passkeys';

initPasskeyForm(getPasskey);

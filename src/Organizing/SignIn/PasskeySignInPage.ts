import { get, offer } from './passkeys';

offer(get);

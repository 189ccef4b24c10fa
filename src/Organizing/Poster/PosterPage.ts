import '../../Layout/print-button';

// A choice shows at once; the button is for browsers without script.
const form = document.querySelector('form')!;
form.addEventListener('change', () => form.submit());

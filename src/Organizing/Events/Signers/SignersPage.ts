import '../../../Layout/print-button';

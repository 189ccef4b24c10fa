import '../../Layout/print-button';

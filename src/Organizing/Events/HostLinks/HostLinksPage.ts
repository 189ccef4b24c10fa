import '../../../Layout/copy-button';

import '../../Layout/copy-button';

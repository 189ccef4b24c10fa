import '../../Layout/copy-button';
import '../../Layout/print-button';

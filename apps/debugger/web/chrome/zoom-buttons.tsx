import { Icon, type IconName } from './icon.tsx';

interface ZoomButtonsProps {
  readonly onSmaller: () => void;
  readonly onLarger: () => void;
  readonly onFit: () => void;
}

/** The same three in every drawing. */
export function ZoomButtons({ onSmaller, onLarger, onFit }: ZoomButtonsProps) {
  return (
    <span className="button-group">
      <ZoomButton text="Smaller" icon="minus" act={onSmaller} />
      <ZoomButton text="Larger" icon="plus" act={onLarger} />
      <ZoomButton text="Fit the view" icon="fit" act={onFit} />
    </span>
  );
}

function ZoomButton({ text, icon, act }: { readonly text: string; readonly icon: IconName; readonly act: () => void }) {
  return (
    <button type="button" className="button small icon" aria-label={text} title={text} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

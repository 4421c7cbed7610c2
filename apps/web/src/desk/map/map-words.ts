import i18next from 'i18next';

/** What MapLibre's own controls say, in the reader's language; by its names. */
export const mapWords = (): Record<string, string> => {
  const say = (key: string) => i18next.t(`common:mapControl.${key}`);
  return {
    'Map.Title': say('map'),
    'NavigationControl.ZoomIn': say('zoomIn'),
    'NavigationControl.ZoomOut': say('zoomOut'),
    'AttributionControl.ToggleAttribution': say('attribution'),
    'ScaleControl.Meters': say('metres'),
    'ScaleControl.Kilometers': say('kilometres'),
  };
};

/* Runs before the first paint: says that scripts run, whether the page is come to at its top, so that
   blocks below the window may wait, and whether the address asks for results, and applies the theme
   the reader chose. */
{
  const { classList, dataset } = document.documentElement;
  classList.add("js");
  if (!location.hash && !performance.navigation.type) classList.add("fresh");
  if (location.search) classList.add("asked");
  try {
    const { theme } = localStorage;
    if (theme) dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme holds then.
  }
}

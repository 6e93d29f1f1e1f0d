/* Runs before the first paint: says that scripts run and whether the address asks for results, and
   applies the theme the reader chose. */
document.documentElement.classList.add("js");
if (location.search.length > 1) document.documentElement.classList.add("asked");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme holds then.
}

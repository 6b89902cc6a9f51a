// The theme's search takes every word for as good as any other, and begins of words for words: "who do I send it to"
// found what is total. It is asked for the words that say something, each without its plural, and what has them all
// is shown first: on a council's page that council's before others; the comparison and the readings, which
// speak of everything, come after. Stands before the theme's own script.
const LITTLE = new Set(
  ("a about all am an and any are as at be been but by can cannot could did do does either else ever every for from " +
  "get got had has have he her him his how i if in into is it its just let may me might must my neither no nor not of " +
  "on only or our own rather say says she should since so some than that the their them then there these they this to " +
  "too us was we were what when where which who whom why will with would yet you your").split(" "),
);

// What only a little word says.
const MEANT = [
  [/\bno (allocated |social )*workers?\b/gi, "unallocated"],
  [/\bno (answer|reply|response)\b/gi, "nobody answers"],
];

const said = (query) => {
  const plain = MEANT.reduce((so, [words, others]) => so.replace(words, others), query);
  const words = plain.split(/\s+/).filter((word) => !LITTLE.has(word.toLowerCase()));
  return words.map((word) => word.replace(/(?<=[a-z]{4})(?<!s)s$/i, "")).join(" ").trim() || query;
};

const share = ({ terms }) => {
  const found = Object.values(terms);
  return found.length ? found.filter(Boolean).length / found.length : 0;
};

const put = (groups, place) => {
  for (const group of groups) {
    const at = group[0].location;
    const theirs = place && at.startsWith(`${place}/`) ? 1000 : 0;
    const ofAll = /^compare\/|\/readings\//.test(at) ? 500 : 0;
    for (const part of group) {
      const has = share(part);
      const own = part.location.includes("#") ? part.score : part.score / 2.5; // the theme has whole pages count for more
      part.score = own + has * 1000 + theirs - ofAll + (has === 1 ? 2000 : 0);
    }
    group.sort((one, other) => other.score - one.score);
  }
  groups.sort(([one], [other]) => other.score - one.score);
};

window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    this.addEventListener("message", ({ data }) => {
      if (data?.data?.items) put(data.data.items, location.pathname.split("/")[1]);
    });
  }

  postMessage(message, ...how) {
    const asks = message?.type === 2 && typeof message.data === "string";
    super.postMessage(asks ? { ...message, data: said(message.data) } : message, ...how);
  }
};

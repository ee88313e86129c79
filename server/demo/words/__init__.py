"""Words by language code."""

from server.demo.names import Words
from server.demo.words import ar, en, fa, he

WORDS: dict[str, Words] = {"he": he.WORDS, "fa": fa.WORDS, "en": en.WORDS, "ar": ar.WORDS}

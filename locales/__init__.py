"""The words of Mistok: a catalogue a language, and the glossary its translators share."""

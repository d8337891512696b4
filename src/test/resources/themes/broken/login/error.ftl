${nothing.that.there.is}

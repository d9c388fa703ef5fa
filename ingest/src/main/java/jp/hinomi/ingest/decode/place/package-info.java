/** Tables of where the values of a record go, for formats whose records are lists of named values. */
package jp.hinomi.ingest.decode.place;

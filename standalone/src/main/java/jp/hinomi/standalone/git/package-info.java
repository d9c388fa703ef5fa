/** Files as they were in a revision of git, by the git of this machine. */
package jp.hinomi.standalone.git;

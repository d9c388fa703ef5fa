package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers in order, with the n-th of them at hand: pieces of limited length, so that adding, removing and finding cost the
 * length of a piece and the number of pieces, never the number of numbers. Not thread-safe.
 */
final class SortedNumbers {
    private static final int PIECE = 1_024;

    private final List<Piece> pieces = new ArrayList<>();
    private int size;

    private static final class Piece {
        private double[] numbers = new double[8];
        private int length;

        void insert(int at, double number) {
            if (length == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * length);
            }
            System.arraycopy(numbers, at, numbers, at + 1, length - at);
            numbers[at] = number;
            length++;
        }

        void remove(int at) {
            System.arraycopy(numbers, at + 1, numbers, at, length - at - 1);
            length--;
        }

        Piece split() {
            Piece upper = new Piece();
            int half = length / 2;
            upper.numbers = Arrays.copyOfRange(numbers, half, numbers.length);
            upper.length = length - half;
            length = half;
            return upper;
        }

        double last() {
            return numbers[length - 1];
        }

        /** Where the number is, or {@code -1 - } where it belongs. */
        int find(double number) {
            return Arrays.binarySearch(numbers, 0, length, number);
        }
    }

    void add(double number) {
        size++;
        if (pieces.isEmpty()) {
            pieces.add(new Piece());
        }
        int at = pieceOf(number);
        Piece piece = pieces.get(at);
        int found = piece.find(number);
        piece.insert(found < 0 ? -1 - found : found, number);
        if (piece.length > PIECE) {
            pieces.add(at + 1, piece.split());
        }
    }

    /** Takes away one of that number, which must be there. */
    void remove(double number) {
        int at = pieceOf(number);
        Piece piece = pieces.get(at);
        int found = piece.find(number);
        if (found < 0) {
            throw new IllegalStateException(number + " was never added");
        }
        size--;
        piece.remove(found);
        if (piece.length == 0) {
            pieces.remove(at);
        }
    }

    /** The first piece whose largest number is not smaller, or the last piece. */
    private int pieceOf(double number) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(pieces.get(middle).last(), number) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int size() {
        return size;
    }

    /** @param index from 0, the smallest, to size − 1 */
    double get(int index) {
        int rest = index;
        for (Piece piece : pieces) {
            if (rest < piece.length) {
                return piece.numbers[rest];
            }
            rest -= piece.length;
        }
        throw new IndexOutOfBoundsException(index);
    }
}

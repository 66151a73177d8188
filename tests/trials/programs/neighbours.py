import sys


class Box:
    def __init__(self, name):
        self.name = name


def neighbours(values):
    result = []
    for i in range(len(values)):
        result.append(values[i] + values[i + 1])
    return result


def main():
    box = Box("one")
    keep = [box]
    other = box
    del other
    keep.pop()
    del box
    data = [3, 1, 4, 1, 5]
    print("start")
    print(neighbours(data))


main()

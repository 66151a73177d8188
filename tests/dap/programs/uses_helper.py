import helper

print(helper.double(4))
